"""The exchange folder: packages out to systems this program cannot call, receipts in. Formats: docs/exchange.md.

EXCHANGE_DIR/out   packages for others; whoever takes one may take it away
            /in    receipts for us
            /read  receipts that were read, kept as they came
            /aside what could not be used, each with `reason.txt`
"""
