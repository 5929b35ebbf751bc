"""Whether the web of this container answers, asked as nginx asks it:  python -m ops.health"""

import os
import sys
from urllib.error import URLError
from urllib.request import Request, urlopen


def main(port: int = 8000) -> int:
    """0 when `/health/` answers 200. The host is one the program allows: it answers no other."""
    host = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].lstrip(".")
    headers = {"Host": host if host not in ("", "*") else "localhost", "X-Forwarded-Proto": "https"}
    try:
        with urlopen(Request(f"http://127.0.0.1:{port}/health/", headers=headers), timeout=5) as page:
            return int(page.status != 200)
    except (URLError, OSError) as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
