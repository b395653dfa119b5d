"""Online payment by PayFiP, one module a rule (payfip.md 1.6).

| module | rule |
|---|---|
| `preparation`, `attempt` | 1, 7: every line checked again under lock, the attempt committed before PayFiP is asked |
| `opening`, `exchange` | 1, 7: what may leave for PayFiP, its idOp, and resuming it |
| `checks`, `schedule`, `rechecks` | 2, 3, 8: only an answer of PayFiP counts; when it is asked |
| `verdict` | 5, 6: what an answer means |
| `settlement`, `receipts` | 4, 6: paid once, in one transaction, with its receipt |
| `status` | where a payment stands for who pays |
| `attempts` | who reads which payment, which are due, which is abandoned |
| `alerts` | what staff are told |
"""
