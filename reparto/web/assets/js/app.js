// Everything a page needs, in one file. Each module listens on the document, so answers of htmx need no set-up.
import "./requests.js";
import "./appearance.js";
import "./popovers.js";
import "./dialogs.js";
import "./toasts.js";
import "./live.js";
import "./lists.js";
import "./owner.js";
import "./picker.js";
import "./palette.js";
import "./composer.js";
import "./inbox.js";
import "./forms.js";
import "./steps.js";
import "./sortable.js";
import "./times.js";
import "./keys.js";
