#include "services/server/backup_options.h"

namespace stegvis::server {
namespace {

using Work = BackupOptions::Work;

CLI::App& Add(CLI::App& app, BackupOptions& options, const char* name,
              const char* description, Work work) {
  CLI::App* command = app.add_subcommand(name, description);
  command->add_option("MAPP", options.folder, "mappen med säkerhetskopian")
      ->required();
  command->add_option("--key-source", options.key_source, "nyckelkällans fil")
      ->required();
  command->callback([&options, work] { options.work = work; });
  return *command;
}

}  // namespace

void AddBackupCommands(CLI::App& app, BackupOptions& options) {
  CLI::App& backup =
      Add(app, options, "backup", "pröva en säkerhetskopia (med --offline)",
          Work::kVerify);
  // Making one is the work of a server that runs.
  backup.add_flag("--verify", options.verify, "pröva den")->required();
  CLI::App& restore =
      Add(app, options, "restore",
          "återställ en säkerhetskopia (med --offline)", Work::kRestore);
  restore
      .add_option("TILL", options.target,
                  "mappen som installationen återställs i")
      ->required();
  restore
      .add_option("--erasures", options.erasures,
                  "den senaste listan över raderingar, erasures.log")
      ->required();
}

}  // namespace stegvis::server
