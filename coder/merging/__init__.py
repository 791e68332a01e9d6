"""Merging, step by step: claims as told, who stands against whom, what is near, clusters, tolls, copies, contests."""
