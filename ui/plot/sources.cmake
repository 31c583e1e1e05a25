set(plot_SOURCES )
