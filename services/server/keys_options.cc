#include "services/server/keys_options.h"

namespace stegvis::server {
namespace {

using Work = KeysOptions::Work;

CLI::App& Add(CLI::App& keys, KeysOptions& options, const char* name,
              const char* description, Work work) {
  CLI::App* command = keys.add_subcommand(name, description);
  command->add_option("--key-source", options.key_source, "nyckelkällans fil")
      ->required();
  command->callback([&options, work] { options.work = work; });
  return *command;
}

void AddShareFiles(CLI::App& command, KeysOptions& options) {
  command.add_option("ANDEL", options.shares,
                     "filer med andelar; utan dem frågas efter siffrorna");
}

}  // namespace

void Describe(CLI::App& keys, KeysOptions& options) {
  keys.require_subcommand(0, 1);  // Check says it in Swedish.
  const CLI::Range possible(seal::kFewestShares, seal::kMostShares);
  CLI::App& share = Add(keys, options, "share", "gör andelar", Work::kShare);
  share.add_option("--of", options.sharing.of, "hur många andelar")
      ->required()
      ->check(possible);
  share.add_option("--need", options.sharing.need, "hur många som behövs")
      ->required()
      ->check(possible);
  share.add_option("-o,--output", options.folder,
                   "mappen som andelarna skrivs i; annars skrivs de ut");
  AddShareFiles(
      Add(keys, options, "recover", "återskapa nyckelkällan", Work::kRecover),
      options);
  AddShareFiles(Add(keys, options, "drill", "pröva andelarna", Work::kDrill),
                options);
}

void Check(const CLI::App& keys, const KeysOptions& options) {
  if (keys.get_subcommands().empty()) {
    throw CLI::RequiredError("share, recover eller drill");
  }
  if (options.work == Work::kShare && !seal::IsPossible(options.sharing)) {
    throw CLI::ValidationError("--need", "more than --of");
  }
}

}  // namespace stegvis::server
