set(optim_SOURCES )
