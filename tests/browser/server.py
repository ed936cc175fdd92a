"""Serves a built site from this machine, as a static host would."""

import functools
import http.server
import socket
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class _Handler(http.server.SimpleHTTPRequestHandler):
    def __init__(self, *arguments, cut=(), **options):
        self.cut = cut
        super().__init__(*arguments, **options)

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        # By its time alone, a version that comes back would look as if nothing had changed.
        del self.headers["If-Modified-Since"]
        super().do_GET()

    def copyfile(self, source, outputfile):
        """Sends a file; of one that is to break off, half."""
        if self.path in self.cut:
            data = source.read()
            outputfile.write(data[: len(data) // 2])
        else:
            super().copyfile(source, outputfile)

    def send_error(self, code, message=None, explain=None):
        if code != 404:
            return super().send_error(code, message, explain)
        body = Path(self.directory, "404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None


class _Server(http.server.ThreadingHTTPServer):
    def __init__(self, *arguments):
        self.connections = []
        super().__init__(*arguments)

    def process_request(self, request, client_address):
        self.connections.append(request)
        super().process_request(request, client_address)

    def handle_error(self, request, client_address):
        """Says nothing: a browser that leaves a page drops what it asked for."""

    def server_close(self):
        """Ends connections too: browsers open some ahead of need."""
        super().server_close()
        for connection in self.connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


@contextmanager
def serve(folder: Path, cut: Collection[str] = ()) -> Iterator[str]:
    """The address of the site while it is served; a missing page gets the site's own 404.

    Answers to paths in `cut` break off half way.
    """
    handler = functools.partial(_Handler, directory=str(folder), cut=cut)
    with _Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
