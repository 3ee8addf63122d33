// stegvis: the command line client.
#include <ios>

#include "client/cli/run.h"

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  return stegvis::cli::Run(argc, argv);
}
