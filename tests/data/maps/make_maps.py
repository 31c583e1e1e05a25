#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What scikit-learn computes, for tst_tsne: run it in this folder. Made with scikit-learn 1.2.1."""
import numpy as np
from scipy.sparse import csr_matrix
from sklearn.manifold import TSNE
from sklearn.manifold._t_sne import _joint_probabilities_nn, _kl_divergence_bh
from sklearn.neighbors import NearestNeighbors


def save(name, array):
    np.save(name + ".npy", np.ascontiguousarray(array, dtype=np.float32))


def mixture(rng, points, dim, centres):
    return (rng.normal(size=(centres, dim))[rng.integers(0, centres, points)] * 3
            + rng.normal(size=(points, dim))).astype(np.float32)


rng = np.random.default_rng(7)

# Affinities, and the gradient and divergence at a given map, exact (angle 0).
points = mixture(rng, 80, 6, 4)
graph = NearestNeighbors(n_neighbors=30).fit(points).kneighbors_graph(mode="distance")
graph.data **= 2
affinities = _joint_probabilities_nn(csr_matrix(graph), 10.0, 0)
places = (rng.normal(size=(80, 2)) * 3).astype(np.float32)
divergence, gradient = _kl_divergence_bh(places.ravel(), affinities, 1, 80, 2, angle=0.0)
save("sne_points", points)
save("sne_affinities", affinities.toarray())
save("sne_places", places)
save("sne_gradient", gradient.reshape(80, 2))
save("sne_divergence", [[divergence]])

# The divergence that its Barnes-Hut reaches.
many = mixture(rng, 1500, 10, 12)
map_ = TSNE(perplexity=30, init="pca", learning_rate="auto", n_iter=1000, random_state=0, n_jobs=2).fit(many)
save("sne_many", many)
save("sne_many_divergence", [[map_.kl_divergence_]])
print(map_.kl_divergence_)
