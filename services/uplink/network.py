"""The kernel says when a link or an address comes up (rtnetlink(7)). It is a hint: the uplink works
without it, only later."""

import errno
import selectors
import socket
import struct
import threading
from collections.abc import Callable

_RTMGRP_LINK, _RTMGRP_IPV4_IFADDR, _RTMGRP_IPV6_IFADDR = 0x1, 0x10, 0x100
_RTM_NEWLINK, _RTM_NEWADDR = 16, 20
_IFF_RUNNING = 0x40
_IFA_F_TENTATIVE = 0x40  # not to be used yet: a second message will say so
_MESSAGE = struct.Struct("=IHHII")  # nlmsghdr: length, type, flags, sequence, port
_LINK = struct.Struct("=BxHiII")  # ifinfomsg: family, type, index, flags, change
_ADDRESS = struct.Struct("=BBBBI")  # ifaddrmsg: family, prefix length, flags, scope, index
_LONGEST = 1 << 16


class Comings:
    """Tells from the kernel's messages whether something came up."""

    def __init__(self) -> None:
        self._running: set[int] = set()

    def any(self, datagram: bytes) -> bool:
        """Whether a link came up with one of these messages, or an address that can be used.
        Links send messages for other reasons too: they come up once until they go down."""
        came = False
        while len(datagram) >= _MESSAGE.size:
            length, kind, *_ = _MESSAGE.unpack_from(datagram)
            if length < _MESSAGE.size:
                break
            content = datagram[_MESSAGE.size : length]
            if kind == _RTM_NEWLINK and len(content) >= _LINK.size:
                came |= self._link(content)
            elif kind == _RTM_NEWADDR and len(content) >= _ADDRESS.size:
                came |= not _ADDRESS.unpack_from(content)[2] & _IFA_F_TENTATIVE
            datagram = datagram[(length + 3) & ~3 :]
        return came

    def _link(self, content: bytes) -> bool:
        _, _, index, flags, _ = _LINK.unpack_from(content)
        if not flags & _IFF_RUNNING:
            self._running.discard(index)
            return False
        came = index not in self._running
        self._running.add(index)
        return came


class NetworkHints:
    """Calls back from a thread of its own whenever the network may have come back."""

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None

    def start(self, poke: Callable[[], None]) -> None:
        """Listen from now on. Where the kernel is no Linux, or does not let one listen, nothing is
        ever heard."""
        try:
            kernel = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE)
        except (OSError, AttributeError):
            return
        try:
            kernel.bind((0, _RTMGRP_LINK | _RTMGRP_IPV4_IFADDR | _RTMGRP_IPV6_IFADDR))
        except OSError:
            kernel.close()
            return
        self._end, ended = socket.socketpair()
        self._thread = threading.Thread(
            target=_listen, args=(kernel, ended, poke), name="network", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """End the thread; returns when it has ended."""
        if self._thread is not None:
            self._end.close()
            self._thread.join()
            self._thread = None


def _listen(kernel: socket.socket, ended: socket.socket, poke: Callable[[], None]) -> None:
    comings = Comings()
    with kernel, ended, selectors.DefaultSelector() as ears:
        for each in (kernel, ended):
            ears.register(each, selectors.EVENT_READ)
        while all(key.fileobj is not ended for key, _ in ears.select()):
            try:
                came = comings.any(kernel.recv(_LONGEST))
            except OSError as error:
                if error.errno != errno.ENOBUFS:
                    return
                came = True  # there were more messages than room for them
            if came:
                poke()
