set(model_SOURCES selection.cpp)
