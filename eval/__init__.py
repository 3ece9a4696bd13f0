"""How good the answers are: curated questions, metrics, reports and accepted figures."""
