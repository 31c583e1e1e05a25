set(optim_SOURCES adagrad.cpp adam.cpp optimizer.cpp row_walk.cpp sgd.cpp sparse_adam.cpp)
# A square root sets errno for negative numbers unless told not to, and then no loop around it becomes vector code.
set_source_files_properties(optim/adagrad.cpp optim/adam.cpp optim/sparse_adam.cpp PROPERTIES COMPILE_OPTIONS -fno-math-errno)
