(* vcheck FILE...: one line a file, "proved " and the statement that is proved, or "not proved"; of a table, FILE.csv with
   FILE.csv.certificate.json beside it, one line a row, "nothing stated" where a row has no limit.  0 if nothing is not proved. *)
let largest = 16_000_000

let read path =
  let channel = open_in_bin path in
  Fun.protect ~finally:(fun () -> close_in channel) (fun () ->
    let size = in_channel_length channel in
    if size > largest then None else Some (really_input_string channel size))

let characters text = List.init (String.length text) (String.get text)
let shown statement = String.of_seq (List.to_seq (Proved.shown statement))
let safely work given = try work given
  with Stack_overflow | Out_of_memory | Invalid_argument _ | Failure _ | Z.Overflow | Division_by_zero -> None
let print = function
  | Some statement -> print_endline ("proved " ^ shown statement); true
  | None -> print_endline "not proved"; false

(* Equal rows are checked once. *)
let row question header =
  let known = Hashtbl.create 1000 in
  fun cells -> match safely (fun cells -> Proved.said_of question header cells []) cells with
    | None -> print_endline "nothing stated"; true
    | Some statement ->
      let key = shown statement in
      if not (Hashtbl.mem known key) then
        Hashtbl.add known key (safely (Proved.ProvedRows.check_line question header) cells);
      print (Hashtbl.find known key)

let table path =
  let opened = match read path, read (path ^ ".certificate.json") with
    | Some table, Some certificate -> safely (Proved.open_table (characters certificate)) (characters table)
    | _ -> None in
  match opened with
  | Some ((question, header), rows) ->
    let row = row question header in List.fold_left (fun all cells -> row cells && all) true rows
  | None -> print None

let file path =
  if Filename.check_suffix path ".csv" then table path
  else print (Option.bind (read path) (safely (fun text -> Proved.Proved.check_text (characters text))))

let () = exit (if List.fold_left (fun all path -> file path && all) true (List.tl (Array.to_list Sys.argv)) then 0 else 1)
