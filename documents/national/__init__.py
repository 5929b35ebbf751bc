"""No second typing: the three doors to the national execution system (flow §4.1), which stays the system of record.

In: its exports finish our mirrored items, and what it says otherwise becomes 「两系统不一致」 (`kinds` is the table,
`reading` → `facts` → `judging` → `taking`). Out: a copy card, or a package of the exchange folder.
"""
