"""A company, its people and their programs."""

import pytest

from reparto.channels.add_account import AccountDraft, add_account
from reparto.channels.models import Account
from tests.cast import AT, Cast, a_company, a_stranger

from .caller import Caller


@pytest.fixture
def company(db: None) -> Cast:
    """The company of the cast, entered."""
    return a_company()


@pytest.fixture
def strangers(company: Cast) -> Cast:
    """Another company."""
    return a_stranger()


@pytest.fixture
def admin(company: Cast) -> Caller:
    """The administrator's program."""
    return Caller(company.admin)


@pytest.fixture
def manager(company: Cast) -> Caller:
    """The program of the manager of the north."""
    return Caller(company.manager)


@pytest.fixture
def alba(company: Cast) -> Caller:
    """Alba's program."""
    return Caller(company.alba)


@pytest.fixture
def bruno(company: Cast) -> Caller:
    """Bruno's program."""
    return Caller(company.bruno)


@pytest.fixture
def carla(company: Cast) -> Caller:
    """Carla's program."""
    return Caller(company.carla)


@pytest.fixture
def web_form(company: Cast) -> Account:
    """A web form of the company."""
    return add_account(AccountDraft("webform", "Sitio", company.root_id), actor=company.admin, at=AT)
