"""Rows of the clusters, one aggregate a file."""

from clusters.models.clusters import Cluster, ClusterGovernorate, ClusterSector
from clusters.models.members import Animation, Membership
from clusters.models.phases import Phase

__all__ = ["Animation", "Cluster", "ClusterGovernorate", "ClusterSector", "Membership", "Phase"]
