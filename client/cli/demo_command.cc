#include <iostream>
#include <memory>
#include <string>

#include "client/cli/commands.h"
#include "client/cli/complaint.h"
#include "client/cli/demo/generate.h"
#include "client/cli/utf8.h"
#include "services/base/errors.h"

namespace stegvis::cli {

void AddDemoCommand(CommandTable& table) {
  CLI::App& group = table.Group("demo", "Demonstrationsdata");
  auto options = std::make_shared<demo::GenerateOptions>();
  options->scale = 1;
  CLI::App& app = table.Command(
      group, "generate",
      "Skriver en påhittad men rimlig datamängd som CSV-filer. Samma frö ger\n"
      "samma filer. Inga riktiga människor finns i den.",
      "stegvis demo generate --seed 1 demo/",
      [options](Session&) -> absl::Status {
        const absl::Status status = demo::Generate(*options);
        if (!status.ok()) {
          return RemoteComplaint(status.code(), ReasonOf(status),
                                 FaultsOf(status));
        }
        std::cout << "Filerna ligger i " << Printable(options->directory)
                  << ".\n";
        return absl::OkStatus();
      });
  app.add_option("--seed", options->seed, "Frö")->type_name("TAL")->required();
  app.add_option("--scale", options->scale, "Gånger så många människor")
      ->type_name("TAL")
      ->check(CLI::Range(1, demo::kMaxScale).description(""));
  app.add_option("MAPP", options->directory, "Mappen att skriva i")
      ->type_name("")
      ->required();
}

}  // namespace stegvis::cli
