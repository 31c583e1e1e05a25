# Each is a source of this folder.
set(FUZZ_TARGETS csv fasttext_bin finalfusion glove_text metadata npy npz options preview projector projector_bytes
  pytorch ratings safetensors sentences session tensor_file word2vec_binary word2vec_text)
