"""The grammar of certificates: what stands under which key, for each kind, its claims and its evidence.

A type says which keys there are and what they hold; that the numbers are right, only the checker says. Claims
whose keys depend on a word (``verdict``, ``curve``, ``rule``) are unions, told apart by that word.
"""
