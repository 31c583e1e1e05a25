# Each is a source of this folder.
set(FUZZ_TARGETS glove_text npy safetensors tensor_file word2vec_binary word2vec_text)
