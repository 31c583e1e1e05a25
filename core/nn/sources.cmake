set(nn_SOURCES bag_layout.cpp cross_entropy.cpp dropout.cpp embedding.cpp embedding_bag.cpp linear.cpp renormalize.cpp row_gradient.cpp)
