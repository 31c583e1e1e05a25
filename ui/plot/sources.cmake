set(plot_SOURCES axis_triad.cpp cluster_outlines.cpp colour_scale.cpp curve_series.cpp density_shade.cpp
  dot_layers.cpp dot_painter.cpp dot_raster.cpp dot_shapes.cpp dot_sorter.cpp label_images.cpp label_layout.cpp
  map_camera.cpp map_legend.cpp map_motion.cpp map_view.cpp map_view.h map_view_events.cpp map_view_motion.cpp
  map_view_paint.cpp map_view_shading.cpp map_view_solid.cpp map_viewport.cpp mark_layout.cpp norm_histogram.cpp
  norm_histogram.h plot_style.cpp plot_widget.cpp plot_widget.h point_cloud.cpp point_picker.cpp training_curves.cpp
  training_curves.h)
set(plot_QCUSTOMPLOT_SOURCES map_view.cpp map_view_motion.cpp map_view_paint.cpp map_view_shading.cpp
  map_view_solid.cpp norm_histogram.cpp plot_widget.cpp point_cloud.cpp training_curves.cpp)
# Figures in files.
list(APPEND plot_SOURCES dot_vectors.cpp figure_export.cpp)
# What rows are selected by.
list(APPEND plot_SOURCES map_lasso.cpp map_region.cpp map_view_choose.cpp)
# Classes that one hides and shows.
list(APPEND plot_SOURCES class_filter.cpp map_view_legend.cpp)
list(APPEND plot_SOURCES scree_plot.cpp scree_plot.h)
list(APPEND plot_QCUSTOMPLOT_SOURCES scree_plot.cpp)
list(APPEND plot_SOURCES map_view_check.cpp map_view_marks.cpp)
