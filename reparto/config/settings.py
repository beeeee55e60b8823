"""
Settings of Django and its libraries, read from the environment (see `environment.py`).

No decision of the product is made here; an organization's own settings live in its row.
"""

from pathlib import Path
from urllib.parse import urlsplit

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from . import environment as env

PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = env.secret("REPARTO_SECRET_KEY")
SECRET_KEY_FALLBACKS = [key for key in env.text("REPARTO_OLD_SECRET_KEYS").split(",") if key]
DEBUG = False
BASE_URL = env.base_url("REPARTO_BASE_URL", "http://127.0.0.1:8000")
_base = urlsplit(BASE_URL)
SECURE = _base.scheme == "https"
ALLOWED_HOSTS = [_base.hostname or "127.0.0.1", "127.0.0.1", "localhost"]
CSRF_TRUSTED_ORIGINS = [BASE_URL]
ALLOW_PRIVATE_HOSTS = [host for host in env.text("REPARTO_ALLOW_PRIVATE_HOSTS").split(",") if host]

INSTALLED_APPS = [
    "reparto.web",
    "reparto.intake",
    "reparto.reports",
    "reparto.flows",
    "reparto.assignment",
    "reparto.notifications",
    "reparto.conversations",
    "reparto.rules",
    "reparto.portfolio",
    "reparto.contacts",
    "reparto.channels",
    "reparto.people",
    "reparto.kit",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "reparto.ops.answer_probes.AnswerProbes",
    "reparto.intake.answer_hooks.AnswerHooks",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "reparto.people.enter_request.EnterRequest",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "reparto.people.speak_language.SpeakLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]

ROOT_URLCONF = "reparto.config.urls"
WSGI_APPLICATION = "reparto.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DATABASES = {
    "default": {
        **env.database("DATABASE_URL"),
        "CONN_MAX_AGE": 0,
        # A pool, or 8 to 14 times slower; off in tests, which hold one connection.
        # While the database is away: a failure after three seconds, which a sender repeats, and no growing pauses
        # between the tries to reach it, so that all goes on as soon as it is back.
        "OPTIONS": {"pool": {"min_size": 2, "max_size": 20, "timeout": 3, "reconnect_timeout": 2}}
        if env.flag("REPARTO_DB_POOL", preset=True)
        else {},
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "kit_cache"},
}

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["reparto.people.sign_in.SignIn"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "reparto.web.sign_in.leave_browser.LeavingAdapter"
USERSESSIONS_ADAPTER = "reparto.web.sign_in.leave_browser.SessionsAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/15m/key,50/15m/ip",
    "reset_password": "5/15m/key,20/15m/ip",
    "reset_password_from_key": "20/15m/ip",
}
ACCOUNT_FORMS = {
    "reset_password": "reparto.people.forgotten_password.AskForm",
    "user_token": "reparto.people.forgotten_password.LinkForm",
}
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody is mailed who has no access
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
PASSWORD_RESET_TIMEOUT = 3600
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = "reparto.people.passkeys.MfaAdapter"
MFA_FORMS = {"login_webauthn": "reparto.people.passkeys.PasskeyForm"}
MFA_TOTP_ISSUER = "Reparto"
# A code may be half a minute old or early: clocks of telephones differ, and people type (RFC 6238, 5.2).
MFA_TOTP_TOLERANCE = 1
#: Who must have a second step before any page opens.
SECOND_STEP = env.choice("REPARTO_SECOND_STEP", preset="optional", choices=("optional", "admins", "all"))

# No mail leaves while the first is unset; links are handed over by whoever makes them.
MAILERS = env.mailers("REPARTO_MAIL_URL")
DEFAULT_FROM_EMAIL = env.sender("REPARTO_MAIL_FROM", needed_by="REPARTO_MAIL_URL")

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-reparto" if SECURE else "reparto"
CSRF_COOKIE_NAME = "__Host-reparto-csrf" if SECURE else "reparto-csrf"
#: Names the browser's own subscription to pushes, so that they end where somebody signs out.
PUSH_COOKIE_NAME = "__Host-reparto-push" if SECURE else "reparto-push"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 30 * 24 * 3600
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "form-action": [CSP.SELF],
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # a hook's body, at most

LANGUAGE_CODE = "es"
LANGUAGES = [("es", _("Spanish")), ("en", _("English")), ("pt-br", _("Brazilian Portuguese"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
#: Made at set-up by scripts/build_assets.sh, under names that follow from the content: browsers keep it for ever.
STATIC_ROOT = PACKAGE / "web" / "served"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # nothing is kept in files
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
SILENCED_SYSTEM_CHECKS = [
    "auth.W004",  # e-mail is unique
    "models.W042",
]

LOG_LEVEL = env.text("REPARTO_LOG_LEVEL", "INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "procrastinate": {"level": "WARNING"},
        "httpx": {"level": "WARNING"},
    },
}
