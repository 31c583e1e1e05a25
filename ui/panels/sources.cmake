set(panels_SOURCES
  class_bars.cpp sentence_words.cpp try_panel.cpp
  advanced_section.cpp encoder_section.cpp model_summary.cpp option_editors.cpp ratings_section.cpp
  curves_panel.cpp norms_panel.cpp
  elided_label.cpp formula_section.cpp heat_strip.cpp inspector_panel.cpp neighbors_section.cpp neighbors_table.cpp
  row_delegate.cpp data_section.cpp live_section.cpp map_colours.cpp map_form.cpp map_panel.cpp map_points_section.cpp map_run_controls.cpp map_settings.cpp
  axes_section.cpp pca_section.cpp tsne_section.cpp umap_section.cpp model_section.cpp token_details.cpp training_panel.cpp token_table.cpp vocabulary_panel.cpp map_tools.cpp
  )
list(APPEND panels_SOURCES class_menu.cpp map_honesty.cpp map_panel_facts.cpp)
list(APPEND panels_SOURCES placed_section.cpp)
list(APPEND panels_SOURCES map_shapes.cpp)
