//! Commands and replies survive every way of cutting the input; garbage never does harm.
