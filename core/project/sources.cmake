set(project_SOURCES affinities.cpp attraction.cpp covariance.cpp custom_axes.cpp density_clusters.cpp density_grid.cpp
  graph_parts.cpp grid_convolution.cpp kmeans.cpp kmeans_start.cpp map_layout.cpp map_options.cpp map_points.cpp
  map_quality.cpp map_settings.cpp pca.cpp pca_tools.cpp place_on_map.cpp repulsion.cpp space_filling_order.cpp spectral_start.cpp
  spectral_vectors.cpp symmetric_eigen.cpp tsne.cpp umap.cpp umap_bandwidth.cpp umap_curve.cpp umap_epoch.cpp
  umap_graph.cpp)
