set(project_SOURCES covariance.cpp custom_axes.cpp density_clusters.cpp density_grid.cpp kmeans.cpp kmeans_start.cpp
  map_layout.cpp map_options.cpp map_points.cpp map_quality.cpp pca.cpp pca_tools.cpp place_on_map.cpp
  symmetric_eigen.cpp tsne.cpp umap.cpp)
