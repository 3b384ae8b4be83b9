(* vcheck [--seconds N] FILE...: one line a file, "proved " and the statement that is proved, or "not proved", or "not proved
   in time", N seconds of the processor (60); of a table, FILE.csv with FILE.csv.certificate.json beside it, one line a row,
   "nothing stated" where a row has no limit.  0 if nothing is not proved, 2 if a file cannot be read. *)
let largest = 16_000_000
let seconds, files = match List.tl (Array.to_list Sys.argv) with
  | "--seconds" :: n :: files -> Option.value ~default:0. (float_of_string_opt n), files
  | files -> 60., files
let () = if not (seconds > 0. && files <> []) then (prerr_endline "vcheck [--seconds N] FILE...: N above 0"; exit 2)

let read path =
  let channel = open_in_bin path in
  Fun.protect ~finally:(fun () -> close_in channel) (fun () ->
    let size = in_channel_length channel in
    if size > largest then None else Some (really_input_string channel size))

let characters text = List.init (String.length text) (String.get text)
let shown statement = String.of_seq (List.to_seq (Proved.shown statement))

exception Time_is_up
let running = ref false
let timer value = running := value > 0.; ignore Unix.(setitimer ITIMER_PROF { it_interval = 0.; it_value = value })
let () = Sys.set_signal Sys.sigprof (Sys.Signal_handle (fun _ -> if !running then raise Time_is_up))

(* Whatever a file holds, there is an answer. *)
type 'a answer = Given of 'a | Nothing | Failed | Late
let safely work asked =
  let answer = try timer seconds; Option.fold ~none:Nothing ~some:(fun given -> Given given) (work asked)
    with Time_is_up -> Late
    | Stack_overflow | Out_of_memory | Invalid_argument _ | Failure _ | Z.Overflow | Division_by_zero -> Failed in
  timer 0.; answer
let print = function
  | Given statement -> print_endline ("proved " ^ statement); true
  | Nothing | Failed -> print_endline "not proved"; false
  | Late -> print_endline "not proved in time"; false

(* Equal rows are checked once. *)
let row question header =
  let known = Hashtbl.create 1000 in
  fun cells -> match safely (fun cells -> Option.map shown (Proved.said_of question header cells [])) cells with
    | Nothing -> print_endline "nothing stated"; true
    | (Failed | Late) as answer -> print answer
    | Given said ->
      if not (Hashtbl.mem known said) then
        Hashtbl.add known said (safely (fun cells -> Option.map shown (Proved.ProvedRows.check_line question header cells)) cells);
      print (Hashtbl.find known said)

let table path =
  let opened = match read path, read (path ^ ".certificate.json") with
    | Some table, Some certificate -> safely (Proved.open_table (characters certificate)) (characters table)
    | _ -> Nothing in
  match opened with
  | Given ((question, header), rows) ->
    let row = row question header in List.fold_left (fun all cells -> row cells && all) true rows
  | (Nothing | Failed | Late) as answer -> print answer

let file path =
  if Filename.check_suffix path ".csv" then table path
  else print (match read path with
    | Some text -> safely (fun text -> Option.map shown (Proved.Proved.check_text (characters text))) text
    | None -> Nothing)

let () = match List.fold_left (fun all path -> file path && all) true files with
  | all -> exit (if all then 0 else 1)
  | exception Sys_error said -> prerr_endline said; exit 2
