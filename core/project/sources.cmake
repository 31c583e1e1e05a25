set(project_SOURCES covariance.cpp map_layout.cpp map_options.cpp map_points.cpp map_quality.cpp pca.cpp
  symmetric_eigen.cpp tsne.cpp
  umap.cpp umap_bandwidth.cpp umap_curve.cpp umap_epoch.cpp umap_graph.cpp)
