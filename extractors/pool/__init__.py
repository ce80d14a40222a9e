"""A pool of processes that can be killed, for work on bytes that strangers made.

Belongs: starting, feeding, bounding, killing and replacing workers. Does not: what the work is; workers call any
function of `extractors` by name. The supervisor is a process of its own that forks its workers after the heavy imports,
so that neither the caller's modules nor its threads come along, and a replaced worker costs milliseconds.
"""

from extractors.pool.client import Limits, Pool, PoolResult, shared_pool

__all__ = ["Limits", "Pool", "PoolResult", "shared_pool"]
