"""Online payment by PayFiP, one module a rule (payfip.md 1.6).

| module | rule |
|---|---|
| `preparation`, `attempt` | 1, 7: every line checked again under lock, the attempt committed before PayFiP is asked |
| `opening` | 1, 7: the hand-over, its idOp, and resuming it |
| `checks`, `schedule` | 2, 3, 8: only an answer of PayFiP counts; when it is asked |
| `verdict` | 5, 6: what an answer means |
| `settlement`, `receipts` | 4, 6: paid once, in one transaction, with its receipt |
| `attempts` | who reads which payment, which are due, which is abandoned |
| `alerts` | what staff are told |
"""
