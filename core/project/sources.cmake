set(project_SOURCES affinities.cpp attraction.cpp covariance.cpp graph_parts.cpp grid_convolution.cpp map_layout.cpp map_options.cpp
  map_points.cpp map_quality.cpp pca.cpp repulsion.cpp spectral_start.cpp spectral_vectors.cpp symmetric_eigen.cpp tsne.cpp
  umap.cpp umap_bandwidth.cpp umap_curve.cpp umap_epoch.cpp umap_graph.cpp density_clusters.cpp density_grid.cpp kmeans.cpp kmeans_start.cpp map_settings.cpp)
