"""全文检索: words in the pages of every paper, from ten thousand pages to a hundred thousand."""

from collections.abc import Iterator

from django.db import connection

from ops.bench.figure import Figure, timed

LIMIT = 0.1  # seconds of one search
EACH = 4  # pages of a paper
COMMON, SOME, RARE = "被执行人", "抵押登记", "蒲城庄园"  # on two of three pages, on one of fifty, on three papers

PAPERS = """
INSERT INTO cases_material (case_id, kind, title, version, sha256, size, content_type, original_name, secret_volume, happened_at,
 entered_at, void_reason)
SELECT c.ids[1 + n %% array_length(c.ids, 1)], 'other', '材料 ' || n, 1, encode(sha256(('bench ' || n)::bytea), 'hex'), 1,
 'application/pdf', '', n %% 20 = 0, now(), now(), ''
FROM (SELECT array_agg(id) ids FROM (SELECT id FROM cases_case ORDER BY id LIMIT 20000) mine) c, generate_series(%s, %s) n
"""
RENDITIONS = """
INSERT INTO documents_rendition (sha256, state, pages, problem)
SELECT sha256, 'ready', %s, '' FROM cases_material m WHERE NOT EXISTS (SELECT FROM documents_rendition r WHERE r.sha256 = m.sha256)
"""
PAGES = """
INSERT INTO documents_page (rendition_id, number, width, height, blank, problem)
SELECT r.id, n, 1, 1, false, '' FROM documents_rendition r, generate_series(1, %s) n
WHERE NOT EXISTS (SELECT FROM documents_page p WHERE p.rendition_id = r.id)
"""
WORDS = """
INSERT INTO documents_pagetext (page_id, source, lines, failures, text)
SELECT p.id, 'ocr', '[]', 0, (SELECT string_agg(chr(19968 + (power(random(), 3) * 2500)::int), '') FROM generate_series(1, 240 + p.id %% 2))
 || CASE WHEN p.id %% 3 > 0 THEN %s ELSE '' END || CASE WHEN p.id %% 50 = 7 THEN %s ELSE '' END
 || CASE WHEN p.id IN (SELECT id FROM documents_page ORDER BY id LIMIT 3) THEN %s ELSE '' END
FROM documents_page p WHERE NOT EXISTS (SELECT FROM documents_pagetext t WHERE t.page_id = p.id)
"""
SIGHTS = """
INSERT INTO cases_casesight (team_id, case_id, since_at)
SELECT t.id, c.id, now() FROM cases_case c, teams_team t WHERE t.code = 'fast-03' AND c.id %% 7 = 0 ON CONFLICT DO NOTHING
"""
INDEX = "CREATE INDEX page_text_grams ON documents_pagetext USING gin (grams)"


def multiply(pages: int) -> None:
    """Papers of four pages each, until there are so many pages; the index is built when they are there."""
    from documents.models import Page

    have = Page.objects.count() // EACH
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX page_text_grams")
        cursor.execute(PAPERS, [have + 1, pages // EACH])
        cursor.execute(RENDITIONS, [EACH])
        cursor.execute(PAGES, [EACH])
        cursor.execute(WORDS, [COMMON, SOME, RARE])
        cursor.execute(SIGHTS.replace("%%", "%"))
        cursor.execute(INDEX)
        cursor.execute("ANALYZE")


def reading_figures(sizes: tuple[int, int], rounds: int) -> Iterator[Figure]:
    """Each search at the larger size beside the limit, and beside the smaller size."""
    first: dict[str, float] = {}
    for size in sizes:
        multiply(size)
        spent = seconds(rounds)
        first = first or spent
    for name, each in spent.items():
        yield Figure(f"{name}, {sizes[1]} pages / 100 ms", each / LIMIT, 1, f"{each * 1000:.1f} ms")
        yield Figure(f"{name}, {sizes[1]} / {sizes[0]} pages", each / first[name], 1.6, f"{first[name] * 1000:.1f} ms")


def seconds(rounds: int) -> dict[str, float]:
    """Of one page of results: for someone who sees every case, and for a team that sees its own."""
    from documents.dossier import everywhere
    from tests import make

    wide, narrow = make.actor("quality", "clerk"), make.actor("fast-03", "judge")
    spent = {}
    asked = (("a word of most papers", COMMON, wide), ("the same in own cases", COMMON, narrow),
             ("a word on a page of fifty", SOME, wide), ("a rare word", RARE, wide))  # fmt: skip
    for name, word, actor in asked:
        everywhere.find(actor, word)
        spent[name] = timed(lambda word=word, actor=actor: everywhere.find(actor, word), rounds)
    return spent
