"""Front-end files and fonts from the installed packages to var/, checked; does nothing when they are up to date.

    python -m ops.assets

Icons become one sprite of those that `static_src/icons.txt` names. Charts are the parts of ECharts that `ops/charts.js`
names, in one file for /stats/ alone. Fonts are for the papers drawn on the server.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES, VENDOR, FONTS = ROOT / "node_modules", ROOT / "var" / "vendor", ROOT / "var" / "fonts"
COPIES = {
    "bootstrap/dist/css/bootstrap.min.css": VENDOR / "bootstrap.min.css",
    "axe-core/axe.min.js": VENDOR / "test" / "axe.min.js",
}
TRUETYPE = {
    "@expo-google-fonts/noto-serif-sc": {"400Regular": "song.ttf", "700Bold": "song-bold.ttf"},
    "@expo-google-fonts/noto-sans-sc": {"400Regular": "hei.ttf"},
}
KAI = "@fontsource/lxgw-wenkai"
RARE = "䶮㛃𬭎"


def main() -> None:
    (ROOT / "var" / "static").mkdir(
        parents=True, exist_ok=True
    )  # where the court collects; the demo serves from the sources
    stamp, wanted = ROOT / "var" / "assets.stamp", fingerprint()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    VENDOR.mkdir(parents=True, exist_ok=True)
    FONTS.mkdir(parents=True, exist_ok=True)
    for source, target in COPIES.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        text = (MODULES / source).read_text(encoding="utf-8")
        target.write_text(re.sub(r"/[/*]# sourceMappingURL=.*?(\*/|$)", "", text, flags=re.M), encoding="utf-8")
    sprite()
    charts()
    fonts()
    stamp.write_text(wanted)


def fingerprint() -> str:
    parts = [
        (ROOT / name).read_bytes()
        for name in ("package-lock.json", "static_src/icons.txt", "ops/assets.py", "ops/charts.js")
    ]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def sprite() -> None:
    """One file of symbols; a name without an icon stops the set-up."""
    symbols = []
    for name in (ROOT / "static_src" / "icons.txt").read_text().split():
        path = MODULES / "@tabler" / "icons" / "icons" / "outline" / f"{name}.svg"
        if not path.exists():
            raise SystemExit(f"static_src/icons.txt names an icon that does not exist: {name}")
        inner = re.search(r"<svg[^>]*>(.*)</svg>", path.read_text(), re.S)
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{inner[1] if inner else ""}</symbol>')
    (VENDOR / "icons.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n")


def charts() -> None:
    """One module of what is drawn with: esbuild leaves out what nobody calls, terser takes another twentieth off."""
    whole, small, target = ROOT / "var" / "charts.js", ROOT / "var" / "charts.min.js", VENDOR / "charts.min.js"
    node("esbuild/bin/esbuild", "ops/charts.js", "--bundle", "--format=esm", "--target=chrome95", "--legal-comments=none",
         "--define:process.env.NODE_ENV='production'", "--log-level=warning", f"--outfile={whole}")  # fmt: skip
    node("terser/bin/terser", whole, "--module", "--ecma", "2020", "--compress", "passes=2", "--mangle", "-o", small)
    version = json.loads((MODULES / "echarts" / "package.json").read_text())["version"]
    target.write_text(f"/* Apache ECharts {version}, parts of it. Apache License 2.0 */\n{small.read_text()}")
    whole.unlink()
    small.unlink()


def node(tool: str, *given: str | Path) -> None:
    """A tool of node_modules, by the Node of the environment: a machine needs none of its own."""
    subprocess.run([Path(sys.executable).with_name("node"), MODULES / tool, *given], cwd=ROOT, check=True)


def fonts() -> None:
    from fontTools.ttLib import TTFont

    for package, faces in TRUETYPE.items():
        for face, target in faces.items():
            (found,) = (MODULES / package).rglob(f"*_{face}.ttf")
            shutil.copyfile(found, FONTS / target)
    (kai,) = (MODULES / KAI / "files").glob("lxgw-wenkai-latin-500-normal.woff")
    font = TTFont(kai)
    font.flavor = None
    font.save(FONTS / "kai.ttf")
    known = font.getBestCmap()
    if missing := [char for char in RARE if ord(char) not in known]:
        raise SystemExit(f"the Kai font lacks {missing}: another version of {KAI}?")


if __name__ == "__main__":
    main()
