"""Each figure beside its limit, measured in the same run:  python -m ops.bench [--small]

Only the ratios travel between machines; limits and goals are those of the design. Cases are multiplied by set-based
SQL in a database of their own, which is dropped afterwards.
"""
