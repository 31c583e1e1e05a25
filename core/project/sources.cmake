set(project_SOURCES covariance.cpp pca.cpp symmetric_eigen.cpp)
