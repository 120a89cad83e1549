"""Stands for ndindex where it is not installed: the one function of it that the suite calls."""

from itertools import product, zip_longest
from types import SimpleNamespace


def iter_indices(*shapes, skip_axes=()):
    """Indices of the elements that meet when arrays broadcast; a whole slice at each axis that is skipped."""
    kept = [
        [axis for axis in range(len(shape)) if axis not in {s % len(shape) for s in skipped}]
        for shape, skipped in zip(shapes, axes_of(skip_axes, len(shapes)))
    ]
    lengths = [[shape[axis] for axis in axes] for shape, axes in zip(shapes, kept)]
    together = [
        next((length for length in column if length != 1), 1)
        for column in zip_longest(*(reversed(line) for line in lengths), fillvalue=1)
    ]
    for place in product(*(range(length) for length in reversed(together))):
        yield tuple(SimpleNamespace(raw=at(shape, axes, place)) for shape, axes in zip(shapes, kept))


def axes_of(skip_axes, count):
    """The axes that are skipped of each shape: given for all together, or for each."""
    if isinstance(skip_axes, int):
        return [(skip_axes,)] * count
    return skip_axes if skip_axes and isinstance(skip_axes[0], tuple) else [skip_axes] * count


def at(shape, axes, place):
    index = [slice(None)] * len(shape)
    for axis, i in zip(reversed(axes), reversed(place)):
        index[axis] = i if shape[axis] > 1 else 0
    return tuple(index)
