"""An embedded server with Reparto's roles and no table, for tests of what stands below the tables."""

from dataclasses import dataclass

from reparto.ops.embedded_postgres import EmbeddedPostgres
from reparto.ops.keep_secrets import Secrets
from reparto.ops.make_environment import DATABASE, Urls, embedded_urls


@dataclass(frozen=True)
class Bare:
    """A running server whose roles are prepared."""

    cluster: EmbeddedPostgres
    secrets: Secrets
    port: int

    @property
    def urls(self) -> Urls:
        """The app's and the owner's ways in."""
        return embedded_urls(self.secrets, port=self.port)

    @property
    def superuser_url(self) -> str:
        """The superuser's way in."""
        return self.cluster.url(self.port, DATABASE)
