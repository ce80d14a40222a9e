"""Distance on the globe."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0


def distance_km(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Great-circle distance in kilometres between two points in degrees.

    >>> round(distance_km(35.30, 40.29, 35.33, 40.14))
    14
    """
    if lat_a == lat_b and lon_a == lon_b:
        return 0.0
    la, lo, lb, lp = radians(lat_a), radians(lon_a), radians(lat_b), radians(lon_b)
    h = sin((lb - la) / 2) ** 2 + cos(la) * cos(lb) * sin((lp - lo) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(h)))
