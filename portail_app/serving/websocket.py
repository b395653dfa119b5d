"""The websocket of an open page: compressed where that saves something, and holding no memory while nothing is said.

uvicorn's own choice keeps two zlib windows for each connection: 155 KB, more than all the rest of an open session.
"""

from collections.abc import Sequence
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.extensions.base import Extension
from websockets.extensions.permessage_deflate import PerMessageDeflate, ServerPerMessageDeflateFactory
from websockets.frames import Frame, Opcode
from websockets.typing import ExtensionParameter

SMALL = 400  # bytes; below, deflate saves less than a packet's own headers
FAST = {"level": 1, "memLevel": 5}  # twenty rows: 8.2 KB become 0.8, as with the slower levels


class PageSocket(WebSocketsSansIOProtocol):
    """What `ws=` of uvicorn is given."""

    def __init__(self, *how: Any, **named: Any) -> None:
        super().__init__(*how, **named)
        if self.config.ws_per_message_deflate:
            self.conn.available_extensions = [LargeMessages(True, True, 12, 12, FAST)]


class LargeMessages(ServerPerMessageDeflateFactory):
    """Negotiates permessage-deflate (RFC 7692), in which a message may still go as it is."""

    def process_request_params(
        self, params: Sequence[ExtensionParameter], accepted_extensions: Sequence[Extension]
    ) -> tuple[list[ExtensionParameter], PerMessageDeflate]:
        answered, usual = super().process_request_params(params, accepted_extensions)
        return answered, _LargeMessagesOnly(
            usual.remote_no_context_takeover,
            usual.local_no_context_takeover,
            usual.remote_max_window_bits,
            usual.local_max_window_bits,
            usual.compress_settings,
        )


class _LargeMessagesOnly(PerMessageDeflate):
    def encode(self, frame: Frame) -> Frame:
        is_small = frame.fin and frame.opcode is not Opcode.CONT and len(frame.data) < SMALL
        return frame if is_small else super().encode(frame)
