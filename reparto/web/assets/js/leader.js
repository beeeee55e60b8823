// Chooses one tab of the browser to do something, and another when that tab goes away.
// Web Locks where there are any (they need a secure context); otherwise a sign of life in localStorage.
const BEAT = 2000;
const DEAD = 5000;

export function electLeader(room, lead) {
  if (navigator.locks) {
    navigator.locks.request(room, () => {
      lead();
      return new Promise(() => {});
    });
  } else electByBeat(room, lead);
}

function electByBeat(room, lead) {
  const me = Math.random().toString(36).slice(2);
  const read = () => JSON.parse(localStorage.getItem(room) ?? "null");
  const write = () => localStorage.setItem(room, JSON.stringify({ tab: me, at: Date.now() }));
  let leads = false;

  function beat() {
    const seen = read();
    if (leads) return write();
    if (seen && Date.now() - seen.at < DEAD) return;
    write();
    setTimeout(() => {
      if (leads || read()?.tab !== me) return;
      leads = true;
      lead();
    }, 100 + Math.random() * 100);
  }

  addEventListener("pagehide", () => { if (leads) localStorage.removeItem(room); });
  beat();
  setInterval(beat, BEAT);
}
