// stegvis: the command line client.
#include "client/cli/run.h"

int main(int argc, char** argv) { return stegvis::cli::Run(argc, argv); }
