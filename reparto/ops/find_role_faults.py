"""
Find what makes a database role unfit for the web and the workers.

Row-level security does not bind a superuser, a role that bypasses it, or an owner; with one of those a forgotten
filter would show one company's data to another. It changes nothing.
"""

import psycopg

from .find_programs import OLDEST

type Connection = psycopg.Connection[tuple[object, ...]]

_FAULTS = """
SELECT fault FROM (VALUES
  ((SELECT rolsuper FROM pg_roles WHERE rolname = current_user), 'is a superuser'),
  ((SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user), 'bypasses row-level security'),
  ((SELECT rolcreaterole FROM pg_roles WHERE rolname = current_user), 'may create roles'),
  (EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
           WHERE n.nspname = 'public' AND c.relowner = current_user::regrole), 'owns tables'),
  (EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
           WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND c.relowner <> current_user::regrole
             AND pg_has_role(current_user, c.relowner, 'MEMBER')), 'may become the owner of tables'),
  (has_schema_privilege('public', 'CREATE'), 'may create tables')
) AS checked (found, fault) WHERE found
"""


def find_role_faults(connection: Connection) -> tuple[str, ...]:
    """Return every reason, as a sentence, for which nothing may be served over this connection."""
    (role,) = connection.execute("SELECT current_user").fetchone() or ("",)
    faults = [f"The database role {role} {fault}." for (fault,) in connection.execute(_FAULTS)]
    version = connection.info.server_version
    if (version // 10000, version % 10000) < OLDEST:
        faults.append(f"PostgreSQL {version // 10000}.{version % 10000} is older than {OLDEST[0]}.{OLDEST[1]}.")
    return tuple(faults)
