"""Pages for a citizen's own phone: paying a bill, and checking a printed record."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from kiosk.domain.counter.payment import PaymentState, yuan
from kiosk.domain.submission.receipt import normal_number
from services.attempts import AttemptLimit
from services.central.office import Office
from services.central.pages import page, see_other
from services.central.public import client_of
from services.central.tables import BillRow, PaperRow

WINDOW_SECONDS = 15 * 60
PER_CLIENT = 200  # a whole hall may sit behind one address


def routes(office: Office) -> APIRouter:
    """`/pay/…` and `/check/…`."""
    router = APIRouter(include_in_schema=False)
    clients = AttemptLimit(PER_CLIENT, WINDOW_SECONDS)

    @router.get("/pay/{bill_id}")
    def bill(bill_id: str) -> HTMLResponse:
        with office.database.read() as session:
            row = session.get(BillRow, bill_id)
            if row is None:
                return page("pay.html", 404, bill=None, state="", amount="")
            state = row.state(office.clock.now())
            return page("pay.html", bill=row, state=state, amount=yuan(row.amount))

    @router.post("/pay/{bill_id}")
    def pay(bill_id: str) -> Response:
        now = office.clock.now()
        with office.database.write() as session:
            row = session.get(BillRow, bill_id, with_for_update=True)
            if row is None:
                return page("pay.html", 404, bill=None, state="", amount="")
            if row.amount and row.state(now) == PaymentState.UNPAID:
                row.paid_at = now
        return see_other(f"/pay/{bill_id}")

    @router.get("/check/{code}")
    def check(code: str, request: Request) -> HTMLResponse:
        client = client_of(request)
        if seconds := clients.attempt(client):
            response = page("check.html", 429, paper=None, wait=-(-seconds // 60))
            response.headers["Retry-After"] = str(seconds)
            return response
        try:
            wanted = normal_number(code)
        except ValueError:
            return page("check.html", 404, paper=None, wait=0)
        with office.database.read() as session:
            row = session.get(PaperRow, wanted)
            if row is None:
                return page("check.html", 404, paper=None, wait=0)
            clients.succeeded(client)
            return page("check.html", paper=row, wait=0)

    return router
