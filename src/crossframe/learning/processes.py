"""Processes that fit one network together: each learns from its part of every batch, and their gradients are averaged."""

import os
from collections.abc import Sequence
from typing import Any, Self

from crossframe.errors import InputError

SEED_STEP = 1_000_000
"""Between the seeds of two processes, whose dropout differs."""


class Processes:
    """The processes that ``python -m torch.distributed.run --nproc-per-node N`` started; one alone without it.

    All hold the same weights and take the same steps. Small operations of a network gain little from a second thread: on two
    cores two processes of one thread each are faster than one of two.

    Parameters
    ----------
    rank, size : int
        Number of this process, from 0, and of all.
    """

    def __init__(self, rank: int = 0, size: int = 1) -> None:
        self.rank = rank
        self.size = size

    @classmethod
    def started(cls) -> Self:
        """Return what the environment says, which `torch.distributed.run` writes; the processes are connected."""
        found = cls(int(os.environ.get("RANK", "0")), int(os.environ.get("WORLD_SIZE", "1")))
        if found.size > 1:
            from torch import distributed

            if not distributed.is_initialized():
                distributed.init_process_group("gloo")
        return found

    def seed(self, seed: int) -> int:
        """Return the seed of this process."""
        return seed + SEED_STEP * self.rank

    def part(self, batch: Sequence[int]) -> Sequence[int]:
        """Return what this process sees of a batch: all of one that has fewer examples than there are processes."""
        return batch[self.rank :: self.size] if len(batch) >= self.size else batch

    def weight(self, batch: Sequence[int]) -> float:
        """Return what the mean loss of this process's part counts, so that the mean over processes is that of the batch."""
        return len(self.part(batch)) * self.size / len(batch) if len(batch) >= self.size else 1.0

    def average(self, params: Sequence[Any]) -> None:
        """Give every weight the mean of all processes' gradients; where some have none it counts as zero, where all, it stays so."""
        if self.size == 1:
            return
        import torch
        from torch import distributed

        own = [torch.zeros_like(param) if param.grad is None else param.grad for param in params]
        known = torch.tensor([float(param.grad is not None) for param in params])
        flat = torch.cat([known, *(gradient.reshape(-1) for gradient in own)])
        distributed.all_reduce(flat)
        known, *means = flat.split([len(params), *(param.numel() for param in params)])
        for param, is_known, total in zip(params, known.tolist(), means, strict=True):
            param.grad = (total / self.size).view_as(param) if is_known else None

    def leave(self) -> None:
        """End all processes but the first, which alone goes on to measure and to write."""
        if self.size == 1:
            return
        from torch import distributed

        distributed.barrier()
        distributed.destroy_process_group()
        if self.rank:
            raise SystemExit(0)
        self.size = 1


def count_processes(what: str, n_fits: int = 1) -> int:
    """Return how many processes share a fit; InputError where `what` is no fit that can be shared, or several side by side."""
    size = int(os.environ.get("WORLD_SIZE", "1"))
    if size > 1 and n_fits != 1:
        raise InputError(
            f"Invalid number of processes: {size} for {what}. Several processes share one fit of an adapter; start one alone."
        )
    return size
