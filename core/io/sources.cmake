set(io_SOURCES atomic_file.cpp element_type.cpp mapped_file.cpp npy.cpp npz.cpp python_literal.cpp safetensors.cpp
  safetensors_json.cpp tensor.cpp zip_writer.cpp)
