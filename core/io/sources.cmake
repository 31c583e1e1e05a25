set(io_SOURCES array_choice.cpp atomic_file.cpp column_builder.cpp content.cpp coordinates.cpp csv_cells.cpp csv_layout.cpp
  csv_rows.cpp csv_sample.cpp csv_table.cpp element_type.cpp encoding_guess.cpp fasttext_bin.cpp fasttext_header.cpp
  fasttext_matrix.cpp fasttext_model.cpp fasttext_vec.cpp finalfusion.cpp findings.cpp float_parser.cpp format.cpp
  gzip.cpp json_text.cpp json_vocabulary.cpp linked_file.cpp mapped_file.cpp matrix_reader.cpp metadata_attach.cpp
  metadata_json.cpp metadata_plan.cpp metadata_text.cpp npy.cpp npy_strings.cpp npy_table.cpp npz.cpp npz_table.cpp
  pickle_calls.cpp pickle_heap.cpp pickle_machine.cpp pickle_values.cpp pickle_writer.cpp piecewise_writer.cpp
  preview.cpp projector_config.cpp projector_metadata.cpp projector_table.cpp projector_text.cpp
  projector_writer.cpp python_literal.cpp pytorch_file.cpp pytorch_names.cpp pytorch_state.cpp pytorch_table.cpp
  pytorch_tensor.cpp pytorch_tensors.cpp pytorch_vocabulary.cpp pytorch_writer.cpp raw_floats.cpp registry.cpp
  row_estimate.cpp row_metadata.cpp run_directory.cpp safetensors.cpp safetensors_json.cpp safetensors_table.cpp
  session_entries.cpp session_file.cpp session_json.cpp source.cpp staged_folder.cpp tensor.cpp text_kinds.cpp
  text_layout.cpp text_records.cpp text_row.cpp text_rows.cpp text_table.cpp token_encoding.cpp token_list.cpp
  unpack.cpp vector_header.cpp vector_writers.cpp warning.cpp word2vec_binary.cpp zip_reader.cpp zip_writer.cpp)
