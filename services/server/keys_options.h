// What `--offline keys …` says on the command line of stegvisd.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "storage/seal/key_shares.h"

namespace stegvis::server {

struct KeysOptions {
  enum class Work { kShare, kRecover, kDrill };

  Work work = Work::kShare;
  std::string key_source;           // The key source's file.
  seal::Sharing sharing;            // To share.
  std::string folder;               // To share; empty: print.
  std::vector<std::string> shares;  // Files; none: the terminal or stdin.
};

// Adds share, recover and drill to the command `keys`.
void Describe(CLI::App& keys, KeysOptions& options);

// Throws a CLI::ParseError for what no single option can see.
void Check(const CLI::App& keys, const KeysOptions& options);

}  // namespace stegvis::server
