// What `--offline backup …` and `--offline restore …` say on the command line
// of stegvisd.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace stegvis::server {

struct BackupOptions {
  enum class Work { kVerify, kRestore };

  Work work = Work::kVerify;
  bool verify = false;     // Was said; else `backup` is wrong usage.
  std::string folder;      // With the backup.
  std::string key_source;  // The key source's file.
  std::string target;      // To restore: a new or empty folder.
  std::string erasures;    // To restore: the newest list.
};

// Adds the commands `backup` and `restore`.
void AddBackupCommands(CLI::App& app, BackupOptions& options);

}  // namespace stegvis::server
