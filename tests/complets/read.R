# Rscript read.R <descriptor>… : for each, the rows of its tables as readr reads them with the types of the descriptor.
suppressPackageStartupMessages({
  library(readr)
  library(jsonlite)
})

types <- list(integer = col_integer(), year = col_integer(), number = col_double(), boolean = col_logical(), date = col_date())

columns <- function(schema) {
  kinds <- lapply(schema$fields, function(field) {
    kind <- types[[field$type]]
    if (is.null(kind)) col_character() else kind
  })
  names(kinds) <- vapply(schema$fields, function(field) field$name, "")
  do.call(cols, kinds)
}

table <- function(folder, resource) {
  found <- read_csv(file.path(folder, resource$path), col_types = columns(resource$schema), na = "", trim_ws = FALSE, progress = FALSE)
  stopifnot(nrow(problems(found)) == 0)
  list(columns = names(found), rows = unname(lapply(seq_len(nrow(found)), function(row) unname(lapply(found, function(cell) cell[[row]])))))
}

package <- function(descriptor) {
  resources <- fromJSON(descriptor, simplifyVector = FALSE)$resources
  tables <- lapply(resources, function(resource) table(dirname(descriptor), resource))
  names(tables) <- vapply(resources, function(resource) resource$name, "")
  tables
}

found <- lapply(commandArgs(trailingOnly = TRUE), package)
writeLines(enc2utf8(toJSON(found, auto_unbox = TRUE, na = "null", digits = NA)), useBytes = TRUE)
