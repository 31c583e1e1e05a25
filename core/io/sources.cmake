set(io_SOURCES array_choice.cpp atomic_file.cpp content.cpp element_type.cpp fasttext_bin.cpp fasttext_header.cpp
  fasttext_matrix.cpp fasttext_model.cpp fasttext_vec.cpp finalfusion.cpp findings.cpp float_parser.cpp format.cpp
  gzip.cpp mapped_file.cpp matrix_reader.cpp npy.cpp npy_table.cpp npz.cpp pickle.cpp pickle_heap.cpp
  pickle_writer.cpp piecewise_writer.cpp python_literal.cpp pytorch_file.cpp pytorch_names.cpp pytorch_state.cpp
  pytorch_table.cpp pytorch_tensors.cpp pytorch_vocabulary.cpp pytorch_writer.cpp registry.cpp run_directory.cpp
  safetensors.cpp safetensors_json.cpp safetensors_table.cpp source.cpp tensor.cpp text_layout.cpp text_row.cpp
  text_table.cpp token_encoding.cpp token_list.cpp unpack.cpp vector_header.cpp vector_writers.cpp warning.cpp
  word2vec_binary.cpp zip_reader.cpp zip_writer.cpp)
