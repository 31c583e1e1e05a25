set(io_SOURCES array_choice.cpp atomic_file.cpp content.cpp element_type.cpp findings.cpp float_parser.cpp format.cpp gzip.cpp mapped_file.cpp
  matrix_reader.cpp npy.cpp npy_table.cpp npz.cpp piecewise_writer.cpp python_literal.cpp registry.cpp run_directory.cpp safetensors.cpp
  safetensors_json.cpp safetensors_table.cpp source.cpp tensor.cpp text_layout.cpp text_row.cpp text_table.cpp token_list.cpp unpack.cpp
  vector_header.cpp vector_writers.cpp warning.cpp word2vec_binary.cpp zip_reader.cpp zip_writer.cpp)
