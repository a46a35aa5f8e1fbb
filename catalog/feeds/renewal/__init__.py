"""The parts of renew.py: content (what), schedule (when), edudex and xcri (how it is written)."""
